// Names of the channels between preload and main process. In a file without imports: the preload bundles it.

/** Channel names; not known to the page. */
export const bridgeChannels = {
  call: 'utskick:call',
  files: 'utskick:files',
  choose: 'utskick:choose',
  push: 'utskick:push',
} as const;
