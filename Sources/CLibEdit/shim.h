#pragma once

// The smallest way from Swift to what it cannot call: variadic functions, macros and streams. No logic.

#include <histedit.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <wchar.h>

// TIOCGWINSZ and signalfd: a variadic function, and a header that Glibc's module leaves out.

static inline int hypo_window_size(int descriptor, struct winsize *size) {
  return ioctl(descriptor, TIOCGWINSZ, size);
}

static inline int hypo_signalfd(const sigset_t *mask) {
  return signalfd(-1, mask, SFD_NONBLOCK | SFD_CLOEXEC);
}

// The next signal's number, 0 when none is pending.
static inline int hypo_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

static inline void hypo_ignore_signal(int number) { signal(number, SIG_IGN); }

// Glibc declares it only for X/Open programs.
extern int wcwidth(wchar_t character);
