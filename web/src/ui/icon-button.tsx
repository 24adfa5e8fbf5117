/** A button that is only an icon 图标按钮: with a name for the tooltip and for those who cannot see it. */
import { Button, type ButtonProps, Tooltip } from 'antd'
import type { LucideIcon } from 'lucide-react'

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'title' | 'children'> {
  icon: LucideIcon
  label: string
  iconSize?: number
}

/** Quiet by default. */
export function IconButton({ icon: Icon, label, iconSize = 16, type = 'text', ...rest }: IconButtonProps) {
  return (
    <Tooltip title={label} mouseEnterDelay={0.4}>
      <Button type={type} icon={<Icon size={iconSize} aria-hidden />} aria-label={label} {...rest} />
    </Tooltip>
  )
}
