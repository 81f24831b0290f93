#pragma once

#include <sys/types.h>

// Starts a program on a new pseudo-terminal: its process id, and the other end in *master; -1 with errno.
// argv and envp end with NULL. The child has no blocked signals and default actions.
pid_t pseudo_terminal_spawn(int *master, const char *path, char *const argv[], char *const envp[],
                            unsigned short columns, unsigned short rows);

// Tells the terminal's size to the kernel, which sends SIGWINCH; -1 with errno.
int pseudo_terminal_resize(int master, unsigned short columns, unsigned short rows);

// A descriptor that becomes readable when the process ends, for poll(2); -1 with errno. glibc wraps the call from 2.36
// on only.
int pseudo_terminal_process_descriptor(pid_t process);

// The file that the code or data at this address was loaded from; NULL when nobody knows.
const char *pseudo_terminal_image_path(const void *address);
