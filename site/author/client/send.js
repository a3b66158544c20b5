// Asks the server to write something.

/**
 * @param {string} url
 * @param {object} wish
 * @param {string} token that the server gave with the page
 * @param {string} [sum] of the file that the wish is about
 * @returns {Promise<object>} the answer; {error: {text, hint}} where nothing was written
 */
export async function send(url, wish, token, sum) {
  const headers = { "Content-Type": "application/json", "X-Faultline-Token": token };
  if (sum) headers["If-Match"] = `"${sum}"`;
  try {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(wish) });
    return await response.json();
  } catch {
    return { error: { text: "the server cannot be reached", hint: "is faultline serve running?" } };
  }
}
