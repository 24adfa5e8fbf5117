/** Formatted text as it may be shown 富文本显示: cleaned once more in the browser, whatever the server sent. */
import DOMPurify from 'dompurify'
import { useLayoutEffect, useRef } from 'react'
import css from './fill.module.css'

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'strong', 'b', 'em', 'i', 'u', 's', 'code', 'pre', 'blockquote'],
    ...['ul', 'ol', 'li', 'a', 'img'],
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'width', 'start', 'rel', 'target'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|\/api\/files\/)/i,
}
const OWN_PICTURE = /^\/api\/files\/[\w-]+$/

/** The text as nodes without anything that runs; links open beside the page, pictures are our own stored files. */
function cleanNodes(html: string): DocumentFragment {
  const found = DOMPurify.sanitize(html, { ...ALLOWED, RETURN_DOM_FRAGMENT: true })
  for (const link of found.querySelectorAll('a')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  for (const picture of found.querySelectorAll('img'))
    if (!OWN_PICTURE.test(picture.getAttribute('src') ?? '')) picture.remove()
  return found
}

/** Drawn as text of the page. */
export default function SafeHtml({ html }: { html: string }) {
  const own = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => own.current?.replaceChildren(cleanNodes(html)), [html])
  return <div ref={own} className={css.rich} />
}
