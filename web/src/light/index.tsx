/** What fill pages draw with instead of the component library 轻组件: its names, a few of its properties, the browser's own controls. */
export { Button } from './button'
export { Cascader } from './cascader'
export { ConfigProvider, Drawer, Dropdown, Image, Modal, Popover, Tabs, Tooltip } from './frames'
export { DatePicker, Input, InputNumber, TimePicker } from './inputs'
export { Select, TreeSelect } from './select'
export { Checkbox, Progress, Radio, Segmented, Slider, Spin, Switch, Tag } from './ticks'
