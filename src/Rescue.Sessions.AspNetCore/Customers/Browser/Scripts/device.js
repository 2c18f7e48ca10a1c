// What the technician sees of the device: its kind and the browser, no more.

const agent = navigator.userAgent;
const isTouched = navigator.maxTouchPoints > 0;
const hasMouse = matchMedia('(any-pointer: fine)').matches;

const browsers = [
  [/Edg(e|iOS|A)?\//, 'Edge'], [/OPR\//, 'Opera'], [/SamsungBrowser\//, 'Samsung Internet'], [/FxiOS|Firefox\//, 'Firefox'],
  [/CriOS|Chrome\//, 'Chrome'], [/Safari\//, 'Safari'],
];

// An iPad that asks for desktop pages calls itself a Mac, and no Mac has a touch screen; Android that does calls itself Linux.
const platforms = [
  [() => /iPhone|iPad|iPod/.test(agent), 'ios'],
  [() => /Macintosh/.test(agent) && isTouched, 'ios'],
  [() => /Android/.test(agent), 'android'],
  [() => /CrOS/.test(agent), 'chromeos'],
  [() => /Linux/.test(agent) && isTouched && !hasMouse, 'android'],
  [() => /Windows NT/.test(agent), 'windows'],
  [() => /Macintosh/.test(agent), 'macos'],
  [() => /Linux|X11/.test(agent), 'linux'],
];

async function model(platform) {
  if (platform === 'ios')
    return /iPhone|iPod/.exec(agent)?.[0] ?? 'iPad';
  if (platform !== 'android')
    return null;
  const told = await navigator.userAgentData?.getHighEntropyValues(['model']).catch(() => null);
  // "K" is what browsers say that do not want to say.
  return told?.model || /Android [\d.]+; (?!K\))([^;)]+?)(?: Build|\))/.exec(agent)?.[1] || null;
}

/** The device as "ready" tells it. */
export async function describe() {
  const platform = platforms.find(([is]) => is())?.[1];
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1];
  const hostName = [await model(platform), browser].filter(Boolean).join(', ').slice(0, 128);
  return { kind: 'browser', ...(hostName && { hostName }), ...(platform && { platform }) };
}
