/*
 * The hand-written loop that scripts/bench/whatif holds hypo's what-if planner against: libpq in pipeline mode
 * and poll, and no more than that.
 *
 * usage: whatif-loop CONNINFO FILE CONNECTIONS
 *
 * Each line of FILE is a request: CREATE INDEX statements, each ended by a tab, then a statement to be planned.
 * When the designs of a request differ from those before, they are made anew. It answers each line of standard
 * input by planning all requests behind the first WARM_UP, with a line of its own: plans made, seconds, and the
 * sum of their costs.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM_UP = 64, WINDOW = 64, GROUP = 16, MOST = 8, LINE = 1 << 16 };

typedef struct {
  char **designs;
  int count;
  char *explain;
} Request;

typedef struct {
  PGconn *conn;
  const char *set; /* the designs that the backend will hold, as they stand in the file */
  int next, end;   /* requests that are still to be sent */
  int open;        /* requests that were sent and not yet answered */
  int unsynced;
} Lane;

static Request *requests;
static char **sets;
static int total;

static void die(const char *what, PGconn *conn) {
  fprintf(stderr, "%s: %s\n", what, conn ? PQerrorMessage(conn) : "");
  exit(1);
}

static void read_requests(const char *path) {
  FILE *file = fopen(path, "r");
  char *line = malloc(LINE);
  if (!file || !line) die("cannot read the requests", NULL);
  while (fgets(line, LINE, file)) {
    line[strcspn(line, "\n")] = 0;
    requests = realloc(requests, (total + 1) * sizeof *requests);
    sets = realloc(sets, (total + 1) * sizeof *sets);
    Request *request = &requests[total];
    *request = (Request){0};
    char *last = strrchr(line, '\t');
    sets[total] = last ? strndup(line, last - line) : strdup("");
    char *copy = strdup(sets[total]);
    for (char *design = strtok(copy, "\t"); design; design = strtok(NULL, "\t")) {
      request->designs = realloc(request->designs, (request->count + 1) * sizeof(char *));
      request->designs[request->count++] = design;
    }
    const char *statement = last ? last + 1 : line;
    request->explain = malloc(strlen(statement) + 32);
    sprintf(request->explain, "EXPLAIN (FORMAT JSON) %s", statement);
    total++;
  }
  fclose(file);
  free(line);
}

static void send_one(Lane *lane, const char *sql, const char *value) {
  if (!PQsendQueryParams(lane->conn, sql, value ? 1 : 0, NULL, &value, NULL, NULL, 0)) die("send", lane->conn);
}

static void fill(Lane *lane) {
  while (lane->next < lane->end && lane->open < WINDOW) {
    int number = lane->next++;
    if (!lane->set || strcmp(lane->set, sets[number]) != 0) {
      send_one(lane, "SELECT hypopg_reset()", NULL);
      for (int i = 0; i < requests[number].count; i++)
        send_one(lane, "SELECT indexname FROM hypopg_create_index($1)", requests[number].designs[i]);
      lane->set = sets[number];
    }
    send_one(lane, requests[number].explain, NULL);
    lane->open++;
    if (++lane->unsynced == GROUP || lane->next == lane->end) {
      if (!PQpipelineSync(lane->conn)) die("sync", lane->conn);
      lane->unsynced = 0;
    }
  }
}

/* What has come; the sum of the costs of the plans among it. */
static double drain(Lane *lane, int *plans) {
  double sum = 0;
  while (lane->open > 0 && !PQisBusy(lane->conn)) {
    PGresult *result = PQgetResult(lane->conn);
    if (!result) continue;
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK && strcmp(PQfname(result, 0), "QUERY PLAN") == 0) {
      const char *cost = strstr(PQgetvalue(result, 0, 0), "\"Total Cost\": ");
      sum += cost ? atof(cost + 14) : 0;
      lane->open--;
      ++*plans;
    } else if (status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC) {
      die("a plan", lane->conn);
    }
    PQclear(result);
  }
  return sum;
}

static double run(Lane *lanes, int count, int first, int end, int *plans) {
  double sum = 0;
  *plans = 0;
  for (int i = 0; i < count; i++) {
    lanes[i].next = first + (end - first) * i / count;
    lanes[i].end = first + (end - first) * (i + 1) / count;
  }
  while (*plans < end - first) {
    struct pollfd entries[MOST];
    for (int i = 0; i < count; i++) {
      fill(&lanes[i]);
      int unsent = PQflush(lanes[i].conn);
      short wanted = lanes[i].open > 0 ? POLLIN : 0;
      entries[i] = (struct pollfd){PQsocket(lanes[i].conn), wanted | (unsent == 1 ? POLLOUT : 0), 0};
    }
    poll(entries, count, -1);
    for (int i = 0; i < count; i++) {
      if (entries[i].revents & POLLIN && !PQconsumeInput(lanes[i].conn)) die("read", lanes[i].conn);
      sum += drain(&lanes[i], plans);
    }
  }
  return sum;
}

int main(int argc, char **argv) {
  Lane lanes[MOST] = {{0}};
  int count = argc == 4 ? atoi(argv[3]) : 0, plans;
  if (count < 1 || count > MOST) die("usage: whatif-loop CONNINFO FILE CONNECTIONS", NULL);
  read_requests(argv[2]);
  for (int i = 0; i < count; i++) {
    lanes[i].conn = PQconnectdb(argv[1]);
    if (PQstatus(lanes[i].conn) != CONNECTION_OK) die("connect", lanes[i].conn);
    PQclear(PQexec(lanes[i].conn, "SET default_transaction_read_only = on"));
    PQsetnonblocking(lanes[i].conn, 1);
    if (!PQenterPipelineMode(lanes[i].conn)) die("pipeline", lanes[i].conn);
  }
  printf("%d\n", total);
  fflush(stdout);
  for (char line[64]; fgets(line, sizeof line, stdin);) {
    run(lanes, count, 0, total < WARM_UP ? total : WARM_UP, &plans);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    double sum = run(lanes, count, total < WARM_UP ? total : WARM_UP, total, &plans);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%d %.9f %.2f\n", plans, end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9, sum);
    fflush(stdout);
  }
  return 0;
}
