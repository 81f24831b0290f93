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

// libedit's variadic functions. The names of added functions are kept by libedit: they are constants here.

typedef wchar_t *(*hypo_el_prompt)(EditLine *);
typedef unsigned char (*hypo_el_function)(EditLine *, wint_t);

// Keys that no keyboard sends as they are C1 controls; the reader of input drops them.
static const wchar_t hypo_key_paste = 0x9B;
static const wchar_t hypo_key_newline = 0x9C;
static const wchar_t hypo_key_interrupt = 0x9D;
static const wchar_t hypo_key_restore = 0x9E;

static inline EditLine *hypo_el_init(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

static inline void hypo_el_set_client_data(EditLine *editor, void *data) {
  el_wset(editor, EL_CLIENTDATA, data);
}

static inline void *hypo_el_client_data(EditLine *editor) {
  void *data = NULL;
  el_wget(editor, EL_CLIENTDATA, &data);
  return data;
}

// '\1' begins and ends what takes no columns.
static inline void hypo_el_set_prompt(EditLine *editor, hypo_el_prompt prompt) {
  el_wset(editor, EL_PROMPT_ESC, prompt, (wchar_t)1);
}

static inline void hypo_el_set_reader(EditLine *editor, el_rfunc_t reader) {
  el_wset(editor, EL_GETCFN, reader);
}

static inline void hypo_el_set_history(EditLine *editor, HistoryW *history) {
  el_wset(editor, EL_HIST, history_w, history);
}

static inline void hypo_el_use_emacs(EditLine *editor) {
  el_wset(editor, EL_SIGNAL, 0);
  el_wset(editor, EL_EDITOR, L"emacs");
}

static inline bool hypo_el_is_vi(EditLine *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name != NULL && wcscmp(name, L"vi") == 0;
}

static inline void hypo_el_add_functions(EditLine *editor, hypo_el_function complete,
                                         hypo_el_function interrupt, hypo_el_function restore,
                                         hypo_el_function paste) {
  el_wset(editor, EL_ADDFN, L"hypo-complete", L"complete the word", complete);
  el_wset(editor, EL_ADDFN, L"hypo-interrupt", L"leave the line", interrupt);
  el_wset(editor, EL_ADDFN, L"hypo-restore", L"put a left line back", restore);
  el_wset(editor, EL_ADDFN, L"hypo-paste", L"insert pasted text as it is", paste);
}

static inline void hypo_el_add_history_functions(EditLine *editor, hypo_el_function up, hypo_el_function down,
                                                 hypo_el_function older, hypo_el_function newer) {
  el_wset(editor, EL_ADDFN, L"hypo-up", L"go to the row above or the older entry", up);
  el_wset(editor, EL_ADDFN, L"hypo-down", L"go to the row below or the newer entry", down);
  el_wset(editor, EL_ADDFN, L"hypo-older", L"go to the older entry", older);
  el_wset(editor, EL_ADDFN, L"hypo-newer", L"go to the newer entry", newer);
}

static inline void hypo_el_bind(EditLine *editor, const wchar_t *key, const wchar_t *function) {
  el_wset(editor, EL_BIND, key, function, NULL);
}

// In vi mode there is a second map, of its command mode.
static inline void hypo_el_bind_in_commands(EditLine *editor, const wchar_t *key,
                                            const wchar_t *function) {
  el_wset(editor, EL_BIND, L"-a", key, function, NULL);
}

static inline void hypo_el_unbind(EditLine *editor, const wchar_t *key) {
  el_wset(editor, EL_BIND, L"-r", key, NULL);
}

static inline void hypo_el_unbind_in_commands(EditLine *editor, const wchar_t *key) {
  el_wset(editor, EL_BIND, L"-a", L"-r", key, NULL);
}

// Writes what a key is bound to.
static inline void hypo_el_show(EditLine *editor, const wchar_t *key) { el_wset(editor, EL_BIND, key, NULL); }

static inline void hypo_el_show_in_commands(EditLine *editor, const wchar_t *key) {
  el_wset(editor, EL_BIND, L"-a", key, NULL);
}

static inline void hypo_el_set_streams(EditLine *editor, FILE *stream) {
  el_wset(editor, EL_SETFP, 1, stream);
  el_wset(editor, EL_SETFP, 2, stream);
}

static inline void hypo_el_set_standard_streams(EditLine *editor) {
  el_wset(editor, EL_SETFP, 1, stdout);
  el_wset(editor, EL_SETFP, 2, stderr);
}

static inline void hypo_el_bind_own_keys(EditLine *editor) {
  static const wchar_t paste[] = {0x9B, 0}, newline[] = {0x9C, 0}, interrupt[] = {0x9D, 0},
                       restore[] = {0x9E, 0}, sequence[] = {0x9F, 0x9F, 0};
  // libedit follows a null pointer when a key begins sequences and the last of them was unbound.
  hypo_el_bind(editor, sequence, L"ed-ignore");
  hypo_el_bind(editor, paste, L"hypo-paste");
  hypo_el_bind(editor, newline, L"ed-newline");
  hypo_el_bind(editor, interrupt, L"hypo-interrupt");
  hypo_el_bind(editor, restore, L"hypo-restore");
  hypo_el_bind_in_commands(editor, paste, L"hypo-paste");
  hypo_el_bind_in_commands(editor, newline, L"ed-newline");
  hypo_el_bind_in_commands(editor, interrupt, L"hypo-interrupt");
  hypo_el_bind_in_commands(editor, restore, L"hypo-restore");
  hypo_el_bind(editor, L"^I", L"hypo-complete");
}

static inline void hypo_el_bind_search(EditLine *editor) {
  hypo_el_bind(editor, L"^R", L"em-inc-search-prev");
}

static inline void hypo_el_bind_history(EditLine *editor) {
  hypo_el_bind(editor, L"^P", L"hypo-older");
  hypo_el_bind(editor, L"^N", L"hypo-newer");
}

static inline void hypo_el_bind_arrows(EditLine *editor) {
  hypo_el_bind(editor, L"\\e[A", L"hypo-up");
  hypo_el_bind(editor, L"\\eOA", L"hypo-up");
  hypo_el_bind(editor, L"\\e[B", L"hypo-down");
  hypo_el_bind(editor, L"\\eOB", L"hypo-down");
}

// There an arrow's Escape has left the insert mode already when the rest comes.
static inline void hypo_el_bind_vi_history(EditLine *editor) {
  hypo_el_bind_history(editor);
  hypo_el_bind_in_commands(editor, L"[A", L"hypo-up");
  hypo_el_bind_in_commands(editor, L"OA", L"hypo-up");
  hypo_el_bind_in_commands(editor, L"[B", L"hypo-down");
  hypo_el_bind_in_commands(editor, L"OB", L"hypo-down");
  hypo_el_bind_in_commands(editor, L"\\e[A", L"hypo-up");
  hypo_el_bind_in_commands(editor, L"\\eOA", L"hypo-up");
  hypo_el_bind_in_commands(editor, L"\\e[B", L"hypo-down");
  hypo_el_bind_in_commands(editor, L"\\eOB", L"hypo-down");
  hypo_el_bind_in_commands(editor, L"k", L"hypo-up");
  hypo_el_bind_in_commands(editor, L"j", L"hypo-down");
  hypo_el_bind_in_commands(editor, L"^P", L"hypo-older");
  hypo_el_bind_in_commands(editor, L"^N", L"hypo-newer");
}

// What fingers expect of a terminal; an own .editrc, read later, may say otherwise.
static inline void hypo_el_bind_comforts(EditLine *editor) {
  hypo_el_bind_search(editor);
  hypo_el_bind_history(editor);
  hypo_el_bind_arrows(editor);
  hypo_el_bind(editor, L"^W", L"ed-delete-prev-word");
  hypo_el_bind(editor, L"\\e[3~", L"ed-delete-next-char");
  hypo_el_bind(editor, L"\\e[1~", L"ed-move-to-beg");
  hypo_el_bind(editor, L"\\e[4~", L"ed-move-to-end");
  hypo_el_bind(editor, L"\\e[H", L"ed-move-to-beg");
  hypo_el_bind(editor, L"\\e[F", L"ed-move-to-end");
  hypo_el_bind(editor, L"\\e[1;5C", L"em-next-word");
  hypo_el_bind(editor, L"\\e[1;5D", L"ed-prev-word");
}

// False for terminals that are dumb, or that nobody knows.
static inline bool hypo_el_can_erase(EditLine *editor) {
  char *capability = NULL;
  return el_get(editor, EL_GETTC, "ce", &capability) == 0 && capability != NULL && *capability != 0;
}

static inline void hypo_el_refresh(EditLine *editor) { el_wset(editor, EL_REFRESH); }

static inline void hypo_el_prepare_terminal(EditLine *editor, int raw) {
  el_wset(editor, EL_PREP_TERM, raw);
}

static inline void hypo_write_out(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

static inline void hypo_history_set_size(HistoryW *history, int size) {
  HistEventW event;
  history_w(history, &event, H_SETSIZE, size);
}

static inline void hypo_history_clear(HistoryW *history) {
  HistEventW event;
  history_w(history, &event, H_CLEAR);
}

static inline void hypo_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  history_w(history, &event, H_ENTER, entry);
}
