/** A button of a fill page 轻按钮. */
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import css from './light.module.css'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  type?: 'default' | 'primary' | 'text' | 'link' | 'dashed'
  htmlType?: 'button' | 'submit' | 'reset'
  size?: 'small' | 'middle' | 'large'
  icon?: ReactNode
  loading?: boolean
  danger?: boolean
  block?: boolean
  href?: string
  target?: string
  rel?: string
  ref?: Ref<HTMLButtonElement>
}

/** With an address it is a link that looks like a button. */
export function Button(props: ButtonProps) {
  const { type = 'default', htmlType = 'button', size, icon, loading, danger, block, href, ...rest } = props
  const { children, className = '', disabled, target, rel, ...own } = rest
  const given = {
    className: `${css.button} ${className}`,
    'data-look': type,
    'data-size': size,
    'data-danger': danger,
    'data-block': block,
    'data-bare': children === undefined,
  }
  const inside = (
    <>
      {loading ? <span className={css.spin} aria-hidden /> : icon}
      {children === undefined ? null : <span>{children}</span>}
    </>
  )
  if (href && !disabled)
    return (
      <a {...given} {...{ href, target, rel }} {...(own as AnchorHTMLAttributes<HTMLAnchorElement>)}>
        {inside}
      </a>
    )
  return (
    <button {...own} {...given} type={htmlType} disabled={disabled || loading}>
      {inside}
    </button>
  )
}
