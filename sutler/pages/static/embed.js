/* The checkout in a shop's frame: tells the shop's page that it is there, that it is paid, and that it wants to
   be closed, and has it open the payment pages that work in no frame.
   The shop's page runs PayNow.js, which speaks zoid 9.0.86 over post-robot 10.0.44; this is the other half of that talk.
   Opened directly, or without scripts, the page does all it does without any of this. */
(() => {
  "use strict";
  const ZOID = "9_0_86", ENVELOPE = "__post_robot_10_0_44__";
  const COMPONENT = /^__zoid__paynow_gg_checkout__([A-Za-z0-9+/_-]+)__$/;
  const NOTHING = { __type__: "undefined" };

  const embedded = COMPONENT.exec(window.name);
  if (!embedded || window.parent === window) return;
  const bytes = Uint8Array.from(atob(embedded[1].replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const { sender, reference } = JSON.parse(new TextDecoder().decode(bytes));
  const payload = JSON.parse(
    reference.type === "uid" ? window.parent[`__zoid_${ZOID}__`].references[reference.uid] : reference.val,
  );
  if (payload.version !== ZOID) return;

  let count = 0;
  const unique = () => `sutler_${Date.now().toString(36)}_${(count += 1)}`;
  const waiting = new Map(); // what becomes of our requests, by their hash
  const offered = new Map(); // functions that the shop's page may call, by their id
  const offer = (name, action) => {
    const id = unique();
    offered.set(id, action);
    return { __type__: "cross_domain_function", __val__: { id, name } };
  };

  const post = (...messages) => {
    const told = messages.map((message) => ({ id: unique(), origin: window.location.origin, ...message }));
    window.parent.postMessage(JSON.stringify({ [ENVELOPE]: told }), sender.domain);
  };
  const request = (name, data) => new Promise((resolve, reject) => {
    const hash = `${name}_${unique()}`;
    waiting.set(hash, { resolve, reject });
    post({ type: "postrobot_message_request", hash, name, data, fireAndForget: false });
  });
  const call = (action, ...args) => request("postrobot_method", { ...action.__val__, args });

  const answer = (message) => {
    const { hash, name, data } = message;
    let result = { instanceID: unique() };
    if (name === "postrobot_method") {
      offered.get(data.id)?.(...(data.args ?? []));
      result = { id: data.id, name: data.name, result: NOTHING };
    }
    if (message.fireAndForget) return;
    post(
      { type: "postrobot_message_ack", hash, name },
      { type: "postrobot_message_response", hash, name, ack: "success", data: result, error: NOTHING },
    );
  };
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== sender.domain || typeof event.data !== "string") return;
    let told;
    try {
      told = JSON.parse(event.data)[ENVELOPE];
    } catch {
      return; // somebody else's message
    }
    for (const message of told ?? []) {
      const asked = waiting.get(message.hash);
      if (message.type === "postrobot_message_request") answer(message);
      else if (message.type === "postrobot_message_response" && asked) {
        waiting.delete(message.hash);
        if (message.ack === "success") asked.resolve(message.data);
        else asked.reject(message.error);
      }
    }
  });

  let props = payload.props;
  const look = () => {
    if (props.theme === "light" || props.theme === "dark") document.documentElement.dataset.theme = props.theme;
  };
  const first = (order) => { // a page that is loaded again must not tell again
    try {
      if (window.sessionStorage.getItem("completed") === order) return false;
      window.sessionStorage.setItem("completed", order);
    } catch {
      // Some browsers keep nothing for pages in frames.
    }
    return true;
  };
  const close = () => call(props.closeGracefully);

  const begin = async () => {
    look();
    await request("postrobot_hello", { instanceID: unique() });
    await call(payload.exports.init, {
      updateProps: offer("updateProps", (changed) => {
        const closed = props.externalPageOpen && changed.externalPageOpen === false;
        props = { ...props, ...changed };
        look();
        if (closed) window.location.reload(); // to see what has come of it
      }),
      close: offer("close", () => {}),
    });
    for (const button of document.querySelectorAll("[data-close]")) {
      button.hidden = false;
      button.addEventListener("click", close);
    }
    for (const link of document.querySelectorAll("[data-external]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        call(props.openExternalPage, link.href);
      });
    }
    document.addEventListener("keydown", (event) => event.key === "Escape" && close());
    const order = document.querySelector("[data-completed-order]")?.dataset.completedOrder;
    if (order && first(order)) await call(props.onCompleted, { orderId: order });
  };
  begin();
})();
