/** What every test of the front end needs before it starts 测试准备. */
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { needAll } from '@/i18n/i18n'

await needAll()

afterEach(cleanup)
