// These definitions stand before those of the C library for the whole test program: for Storage, and for
// libsqlite3, whose calls are looked up in the program first. Unarmed they are the plain system calls.

#define _GNU_SOURCE
#include "CFaultyDisk.h"

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static __thread int armed;
static __thread long chosen;
static __thread long calls;
static __thread int kind;

void faulty_disk_arm(long n, enum faulty_disk_kind how) {
  chosen = n;
  kind = how;
  calls = 0;
  armed = 1;
}

long faulty_disk_disarm(void) {
  armed = 0;
  return calls;
}

// 0: let it pass; -1: it fails, errno is set; 1: a half is to be written.
static int outcome(int writes, int needs_space) {
  if (!armed) return 0;
  calls += 1;
  switch (kind) {
    case FAULTY_DISK_ERROR:
      if (calls != chosen) return 0;
      errno = EIO;
      return -1;
    case FAULTY_DISK_FULL:
      if (calls < chosen || !needs_space) return 0;
      errno = ENOSPC;
      return -1;
    default:
      if (!writes || calls < chosen) return 0;
      if (chosen > 0) {
        // What comes next fails, whatever its number.
        chosen = 0;
        return 1;
      }
      if (chosen < 0) return 0;
      chosen = -1;
      errno = ENOSPC;
      return -1;
  }
}

ssize_t write(int fd, const void *bytes, size_t count) {
  int how = outcome(1, 1);
  if (how < 0) return -1;
  if (how > 0 && count > 1) count /= 2;
  return syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  int how = outcome(1, 1);
  if (how < 0) return -1;
  if (how > 0 && count > 1) count /= 2;
  return syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return pwrite(fd, bytes, count, at); }

int fsync(int fd) { return outcome(0, 1) < 0 ? -1 : (int)syscall(SYS_fsync, fd); }

int fdatasync(int fd) { return outcome(0, 1) < 0 ? -1 : (int)syscall(SYS_fdatasync, fd); }

int ftruncate(int fd, off_t length) { return outcome(0, 0) < 0 ? -1 : (int)syscall(SYS_ftruncate, fd, length); }

int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int rename(const char *from, const char *to) {
  return outcome(0, 1) < 0 ? -1 : (int)syscall(SYS_renameat2, -100, from, -100, to, 0);
}

int link(const char *from, const char *to) {
  return outcome(0, 1) < 0 ? -1 : (int)syscall(SYS_linkat, -100, from, -100, to, 0);
}
