// What a page weighs over the wire, fonts aside: they come once a year.

/** Runs `work` with an empty cache and gives the bytes of everything but fonts. */
export async function weigh(page, work) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) !== "Font") bytes += encodedDataLength;
  });
  await work();
  await page.waitForLoadState("networkidle");
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  await session.detach();
  return bytes;
}
