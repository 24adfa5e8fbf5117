/** A page on paper 打印: pictures that nobody has scrolled to are fetched first. */

const PATIENCE = 4000

/** Resolves once every picture of the page is there, or after a while without them. */
function pictures(): Promise<unknown> {
  const waiting = [...document.images].map((image) => {
    image.loading = 'eager'
    return image.decode().catch(() => undefined)
  })
  return Promise.race([Promise.all(waiting), new Promise((done) => setTimeout(done, PATIENCE))])
}

/** Opens the browser's print dialog for the page as it is. */
export async function printPage(): Promise<void> {
  await pictures()
  window.print()
}
