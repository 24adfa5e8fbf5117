/** Going on to another page 跳转: once, however often the page around it is drawn meanwhile. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** `<Redirect to="/signin" search={{ next }} />`; what it was given at first is what counts. */
export function Redirect({ to, search }: { to: string; search?: Record<string, string> }) {
  const navigate = useNavigate()
  const [target] = useState({ to, search: search ?? {} })
  useEffect(() => {
    navigate({ to: target.to, search: target.search as never, replace: true })
  }, [navigate, target])
  return null
}
