/** What each field type is for, in English 字段类型说明: what it holds, how it is set up, how it stands in a file. */
import type { FieldHelps } from './fields'

const helps: FieldHelps = {
  groups: {
    basic: 'Basic fields',
    choice: 'Choices',
    people: 'Members and departments',
    files: 'Pictures and files',
    advanced: 'Advanced fields',
    layout: 'Layout',
  },
  types: {
    text: [
      'One line of text, such as a name or a number.',
      'It may have a format: ID card (with its check digit), postcode, number plate, credit code, or a pattern of your own; also a greatest length, and scanning.',
      'Stands in a file as it is; text that begins with = is quoted on export and never taken for a formula.',
    ],
    longtext: [
      'Text on several lines; line breaks are kept.',
      'Set how many lines it shows and its greatest length.',
      'Stands in a file as it is, with its line breaks inside the cell.',
    ],
    richtext: [
      'Text with headings, lists, links and pictures.',
      'What could do harm is taken out; pictures are pasted or dropped in.',
      'Exported as plain text; use the API to keep the formatting.',
    ],
    number: [
      'A number, an amount of money or a percentage with up to 8 decimals, reckoned without rounding errors.',
      'Set decimals, range, thousands, unit, currency and Chinese capitals.',
      'An import understands thousands separators, currency signs and percent signs.',
    ],
    rating: ['So many stars (hearts, thumbs), halves too.', 'Out of 2 to 10.', 'A number in a file, such as 4.5.'],
    slider: [
      'A number found by dragging; it can be shown as a progress bar.',
      'Set the smallest and greatest value, the step and the unit.',
      'A number in a file.',
    ],
    boolean: [
      'Yes or no.',
      'Shown as a switch or a checkbox.',
      'Yes or No in a file; ✓, y, n, 1 and 0 are understood.',
    ],
    date: [
      'A day.',
      'Set the earliest and the latest, relative to today if you like; it may begin as today or some days from today.',
      '2026-11-23 in a file; 2026/11/23 is understood too.',
    ],
    datetime: [
      'A moment of a day, shown in the time zone of whoever looks.',
      'To the hour, minute or second, with an earliest and a latest; it may begin as now.',
      'Local time in a file, such as 2026-11-23 09:30.',
    ],
    month: ['A month of a year, such as a billing month.', 'It may begin as this month.', '2026-11 in a file.'],
    time: ['A time of day.', 'To the minute or second, with an earliest and a latest.', '09:30 in a file.'],
    choice: [
      'One of several options.',
      'Options have colours, appear under conditions, or come from another form; shown as a list, radio buttons or buttons; “other” may be allowed.',
      'The words of the option in a file; unknown ones are pointed out and can be added with a click.',
    ],
    choices: [
      'Any of several options.',
      'Set how few and how many; all else as for a choice.',
      'Separated by commas or semicolons in a file.',
    ],
    phone: [
      'A telephone number, with area code and extension.',
      'A tap dials it on a phone.',
      'Stands in a file as it is.',
    ],
    mobile: [
      'A mobile number whose digits are checked.',
      'Numbers from abroad may be allowed; with a text message service on the server a code can be asked for.',
      'An import takes away blanks and +86.',
    ],
    email: [
      'An e-mail address; its domain is kept in small letters.',
      'A click writes to it.',
      'Stands in a file as it is.',
    ],
    url: ['A web address, http and https only.', 'A missing https:// is added.', 'The whole address in a file.'],
    address: [
      'Province, city, district and the rest.',
      'It may end at the province or city; the table of regions is edited in Settings → Regions.',
      '广东省/深圳市/南山区/1 Park Road in a file.',
    ],
    location: [
      'Where a phone is: latitude, longitude, accuracy and the name of the place.',
      'Ask for so many metres of accuracy, or to be near some place; for check-ins and inspections.',
      'latitude,longitude;accuracy;place in a file.',
    ],
    member: [
      'A member.',
      'From departments, roles, chosen people, or as a department field of the form says; it may begin as whoever fills in.',
      'The name in a file; a name that two share is pointed out, to be chosen afterwards.',
    ],
    members: ['Several members.', 'Set how many; all else as for a member.', 'Names in a file, separated by commas.'],
    department: [
      'A department.',
      'Only those below some departments, if you like; it may begin as my department.',
      'The name of the department in a file.',
    ],
    departments: [
      'Several departments.',
      'Only those below some departments, if you like.',
      'Names in a file, separated by commas.',
    ],
    image: [
      'One or several pictures.',
      'Only taken on the spot, made smaller, marked with name and time; how many and how large.',
      'Exported with the files as a .zip, and imported like that.',
    ],
    attachment: [
      'Files of any kind.',
      'Set how many, how large, and which endings.',
      'Exported with the files as a .zip, and imported like that.',
    ],
    signature: [
      'A signature by hand.',
      'On a phone it fills the screen, turned on its side.',
      'Exported with the files as a .zip.',
    ],
    serial: [
      'A number given by the system, never twice.',
      'Made of text, date, values of fields and a count that may begin anew each year, month or day, without gaps if you like.',
      'Existing numbers can be imported; the count goes on behind them.',
    ],
    reference: [
      'A record of another form.',
      'Filtered, sorted, with the columns to show and fields to fill in; created on the spot by who may; when it is deleted: refuse, clear, or delete along.',
      'Its title in a file.',
    ],
    references: [
      'Several records of another form.',
      'Set how few and how many; all else as for a reference.',
      'Their titles in a file, separated by commas.',
    ],
    lookup: [
      'Records of another form, looked up when the page is opened, and not kept.',
      'Set conditions, order and columns; conditions may use fields of this record and are asked again when those change.',
    ],
    rollup: [
      'Gathered from the records that point here: how many, sum, average, smallest, greatest.',
      'Under conditions, if you like; counted again when one of them changes, by the worker when there are many, who says how far it is.',
    ],
    subform: [
      'A small table: rows within a record.',
      'Columns have types, formulas, permissions and totals; set fewest, most and fixed rows; paste straight from a spreadsheet.',
      'Each row takes a line in a file, on export and on import.',
    ],
    divider: ['A line, with a heading if you like.', 'Parts a long form; it is printed too.'],
    note: ['Words for whoever fills in.', 'With formatting and links; shown plainly, as a tip or as a warning.'],
    button: [
      'A button that opens a link, makes a record of another form, or sets off a form event.',
      'The link may carry values of the record; it is not printed.',
    ],
    embed: [
      'A web page within the form, such as a map or a manual.',
      'Only https; it may carry values of the record; it is not printed.',
    ],
  },
}
export default helps
