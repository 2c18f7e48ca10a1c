// How two browsers reach each other (WebRTC), with no more between than the network.

// Beyond one network a product names its own STUN and TURN servers here, the latter with credentials for each session.
const network = { iceServers: [] };

// Who has found no way by then finds none.
const patience = 30_000;

/** What is said of a picture for which there is no way between two browsers. */
export const unreached = 'unreached';

/** A connection that says when it stands and when it does not, and once that there is no way. Whoever has another by then pays no heed. */
export function connect({ changed, failed }) {
  const peer = new RTCPeerConnection(network);
  const timer = setTimeout(failed, patience);
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'connected')
      clearTimeout(timer);
    if (peer.connectionState === 'failed')
      failed();
    else
      changed();
  });
  return peer;
}
