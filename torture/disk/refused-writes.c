/*
 * Refuses whatever would change something below one folder, from a given write on, as a disk does that the system has made read-only.
 * Loaded with LD_PRELOAD. Reading goes on. Linux only.
 *
 * REFUSED_WRITES_ROOT: the folder. REFUSED_WRITES_PLAN: a file with the number of the first write that is refused; without the file
 * nothing is refused. Every call that would change something counts: opening for writing, writing, cutting, renaming, removing, new folders.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count = 0;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

/* The first write that is refused; 0: none. By the system call itself, which is not counted. */
static long first_refused(void) {
  const char *name = getenv("REFUSED_WRITES_PLAN");
  char text[32] = {0};
  long fd = name == NULL ? -1 : syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return 0;
  syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  return atol(text);
}

static int is_below(const char *path) {
  const char *folder = getenv("REFUSED_WRITES_ROOT");
  size_t length = folder == NULL ? 0 : strlen(folder);
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Counts; true: refused, and errno says so. */
static int refused(void) {
  long first = first_refused();
  int is_refused;
  if (first == 0) return 0;
  pthread_mutex_lock(&lock);
  count += 1;
  is_refused = count >= first;
  pthread_mutex_unlock(&lock);
  if (is_refused) errno = EROFS;
  return is_refused;
}

static int refused_path(const char *path) { return is_below(path) && refused(); }

static int refused_file(int fd) {
  char link[64], path[PATH_MAX];
  ssize_t length;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = '\0';
  return refused_path(path);
}

static int is_writing(int flags) { return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0; }

static mode_t mode_of(int flags, va_list rest) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; }

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    static int (*real)(const char *, int, ...);                        \
    va_list rest;                                                      \
    if (real == NULL) real = next(#name);                              \
    va_start(rest, flags);                                             \
    mode_t mode = mode_of(flags, rest);                                \
    va_end(rest);                                                      \
    if (is_writing(flags) && refused_path(path)) return -1;            \
    return real(path, flags, mode);                                    \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *data, size_t length) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = next("write");
  return refused_file(fd) ? -1 : real(fd, data, length);
}

ssize_t writev(int fd, const struct iovec *parts, int parts_count) {
  static ssize_t (*real)(int, const struct iovec *, int);
  if (real == NULL) real = next("writev");
  return refused_file(fd) ? -1 : real(fd, parts, parts_count);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (real == NULL) real = next("pwrite64");
  return refused_file(fd) ? -1 : real(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, (off64_t)offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int parts_count, off64_t offset) {
  static ssize_t (*real)(int, const struct iovec *, int, off64_t);
  if (real == NULL) real = next("pwritev64");
  return refused_file(fd) ? -1 : real(fd, parts, parts_count, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int parts_count, off_t offset) {
  return pwritev64(fd, parts, parts_count, (off64_t)offset);
}

int ftruncate64(int fd, off64_t length) {
  static int (*real)(int, off64_t);
  if (real == NULL) real = next("ftruncate64");
  return refused_file(fd) ? -1 : real(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, (off64_t)length); }

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (real == NULL) real = next("rename");
  return refused_path(to) ? -1 : real(from, to);
}

int unlink(const char *path) {
  static int (*real)(const char *);
  if (real == NULL) real = next("unlink");
  return refused_path(path) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
  static int (*real)(const char *, mode_t);
  if (real == NULL) real = next("mkdir");
  return refused_path(path) ? -1 : real(path, mode);
}
