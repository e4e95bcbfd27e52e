// Says so on the page when the browser gave no passkey, instead of in its console only.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const box = document.getElementById('passkey-failed')
  if (box) box.hidden = false
})
