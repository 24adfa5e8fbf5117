// Passes the captcha's answer on to the page that frames this one 人机验证.
window.captchaAnswered = (answer) => window.parent.postMessage({ captcha: answer }, window.location.origin)
window.captchaExpired = () => window.parent.postMessage({ captcha: '' }, window.location.origin)
