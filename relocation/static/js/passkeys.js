// Connects buttons with the browser's passkeys (allauth's webauthn.js), as data-passkey says:
// data-passkey="which form of allauth", data-ids='{"what it calls an element": "its id"}'.
document.addEventListener('DOMContentLoaded', () => {
  for (const part of document.querySelectorAll('[data-passkey]')) {
    window.allauth.webauthn.forms[part.dataset.passkey]({ ids: JSON.parse(part.dataset.ids) })
  }
})

// Says so on the page when the browser gave no passkey, instead of in its console only.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const box = document.getElementById('passkey-failed')
  if (box) box.hidden = false
})
