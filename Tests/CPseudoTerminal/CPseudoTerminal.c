#define _GNU_SOURCE

#include "CPseudoTerminal.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Between fork and exec only what is async-signal-safe: the test process has many threads.
pid_t pseudo_terminal_spawn(int *master, const char *path, char *const argv[], char *const envp[],
                            unsigned short columns, unsigned short rows) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  char name[128];
  // Never open in a child that another thread starts: the terminal is closed when the test closes it.
  *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*master < 0) return -1;
  if (grantpt(*master) != 0 || unlockpt(*master) != 0 || ptsname_r(*master, name, sizeof name) != 0 ||
      ioctl(*master, TIOCSWINSZ, &size) != 0) {
    close(*master);
    return -1;
  }
  pid_t child = fork();
  if (child != 0) {
    if (child < 0) close(*master);
    return child;
  }
  setsid();
  int terminal = open(name, O_RDWR);
  if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0) != 0) _exit(127);
  for (int stream = 0; stream < 3; stream++) dup2(terminal, stream);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  for (int descriptor = 3; descriptor < 1024; descriptor++) close(descriptor);
  execve(path, argv, envp);
  _exit(127);
}

int pseudo_terminal_resize(int master, unsigned short columns, unsigned short rows) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  return ioctl(master, TIOCSWINSZ, &size);
}

int pseudo_terminal_process_descriptor(pid_t process) {
  return (int)syscall(SYS_pidfd_open, process, 0);
}

const char *pseudo_terminal_image_path(const void *address) {
  Dl_info information;
  return dladdr(address, &information) != 0 ? information.dli_fname : NULL;
}
