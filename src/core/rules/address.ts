/** Whether an address is of this very computer, where no other device can open it. */
export const isLoopbackAddress = (address: string): boolean =>
  /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/i.test(address);
