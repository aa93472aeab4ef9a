/*
 * Joins two network namespaces by a link with delay, loss and a rate limit, in user space, for kernels without netem:
 *
 *   wanlink NAMESPACE_A NAMESPACE_B DELAY_MS LOSS_PERCENT RATE_MBIT QUEUE_PACKETS
 *
 * DELAY_MS is that of one direction, RATE_MBIT 0 means no limit, and a queue of each direction holds QUEUE_PACKETS of
 * 1,200 bytes. Makes a device "wan0" in each namespace, 10.77.0.1 in A and 10.77.0.2 in B, says "up" on stdout, and
 * runs until it is killed; the devices go with it. Losses are the same in each run.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define MAX_PACKET 2048
#define RING 65536
/* What the size of a queue is counted in. */
#define QUEUE_PACKET 1200
#define MAX_WAIT_NS 1000000

typedef struct {
  double due;
  int length;
  unsigned char bytes[MAX_PACKET];
} Packet;

/* One direction: packets in the order they come out, and when the wire is free for the next. */
typedef struct {
  Packet *ring;
  long head, tail;
  double free_at;
} Pipe;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int open_tun(const char *namespace, const char *address) {
  char text[256];
  snprintf(text, sizeof text, "/var/run/netns/%s", namespace);
  int file = open(text, O_RDONLY);
  if (file < 0 || setns(file, CLONE_NEWNET)) { perror(text); exit(1); }
  close(file);
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (tun < 0) { perror("/dev/net/tun"); exit(1); }
  struct ifreq request;
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  strcpy(request.ifr_name, "wan0");
  if (ioctl(tun, TUNSETIFF, &request)) { perror("TUNSETIFF"); exit(1); }
  snprintf(text, sizeof text,
           "ip addr add %s dev wan0 && ip link set wan0 up mtu 1400 txqueuelen 5000 && ip link set lo up", address);
  if (system(text)) exit(1);
  return tun;
}

/* Takes what a side has sent into its pipe, as far as there is room. */
static void take_in(Pipe *pipe, int tun, double delay, double loss, double rate, long queue) {
  for (int count = 0; count < 64; count++) {
    unsigned char bytes[MAX_PACKET];
    int length = read(tun, bytes, sizeof bytes);
    if (length <= 0) return;
    double at = now();
    if (drand48() < loss) continue;
    double start = pipe->free_at > at ? pipe->free_at : at;
    if (pipe->tail - pipe->head >= RING || (start - at) * rate / QUEUE_PACKET > queue) continue;
    pipe->free_at = rate > 0 ? start + length / rate : at;
    Packet *packet = &pipe->ring[pipe->tail++ % RING];
    packet->due = pipe->free_at + delay;
    packet->length = length;
    memcpy(packet->bytes, bytes, length);
  }
}

static void give_out(Pipe *pipe, int tun) {
  double at = now();
  for (; pipe->head != pipe->tail && pipe->ring[pipe->head % RING].due <= at; pipe->head++) {
    Packet *packet = &pipe->ring[pipe->head % RING];
    /* A side that can't take it has lost it. */
    if (write(tun, packet->bytes, packet->length) < 0) continue;
  }
}

/* How long nothing comes out of either pipe; at most a millisecond. */
static struct timespec wait_for(const Pipe *pipes) {
  struct timespec wait = {0, MAX_WAIT_NS};
  for (int i = 0; i < 2; i++) {
    if (pipes[i].head == pipes[i].tail) continue;
    double ns = (pipes[i].ring[pipes[i].head % RING].due - now()) * 1e9;
    if (ns < wait.tv_nsec) wait.tv_nsec = ns > 0 ? ns : 0;
  }
  return wait;
}

int main(int count, char **words) {
  if (count != 7) {
    fprintf(stderr, "usage: wanlink NAMESPACE_A NAMESPACE_B DELAY_MS LOSS_PERCENT RATE_MBIT QUEUE_PACKETS\n");
    return 2;
  }
  double delay = atof(words[3]) / 1e3, loss = atof(words[4]) / 100, rate = atof(words[5]) * 1e6 / 8;
  long queue = atol(words[6]);
  int tuns[2] = {open_tun(words[1], "10.77.0.1/30"), open_tun(words[2], "10.77.0.2/30")};
  Pipe pipes[2];
  memset(pipes, 0, sizeof pipes);
  for (int i = 0; i < 2; i++) pipes[i].ring = calloc(RING, sizeof(Packet));
  srand48(1);
  printf("up\n");
  fflush(stdout);
  for (;;) {
    struct timespec wait = wait_for(pipes);
    struct pollfd polled[2] = {{tuns[0], POLLIN, 0}, {tuns[1], POLLIN, 0}};
    ppoll(polled, 2, &wait, NULL);
    for (int i = 0; i < 2; i++) {
      take_in(&pipes[i], tuns[i], delay, loss, rate, queue);
      give_out(&pipes[i], tuns[1 - i]);
    }
  }
}
