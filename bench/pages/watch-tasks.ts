/** How long the longest task of the page's main thread has taken since this was imported. */
let longestMs = 0;

const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration);
});
observer.observe({ type: 'longtask' });

/** 0 when none has taken longer than the 50 ms from which a browser tells of it. */
export function longestTaskMs(): number {
  for (const { duration } of observer.takeRecords()) longestMs = Math.max(longestMs, duration);
  return longestMs;
}
