import type { OwnDataWords } from '../data/own-data';

/** What the page says of somebody's own data, in English. */
export const ownDataWords: OwnDataWords = {
  'bad-number': ({ row, column, text }) => `Row ${row}, column “${column}”: “${text}” is not a number. The row is left out.`,
  'missing-number': ({ row, column }) => `Row ${row}, column “${column}”: there is no number. The row is left out.`,
  'missing-label': ({ row, column }) => `Row ${row}, column “${column}”: there is no class. The row is left out.`,
  'wrong-cell-count': ({ row, cells, columns }) => `Row ${row} has ${cells} cells, the others have ${columns}. The row is left out.`,
  'open-quote': ({ row }) => `Row ${row}: a quotation mark (") opens and never closes, so everything after it is one cell. It is left out.`,
  'not-a-picture': ({ file }) => `${file} is not a picture that this browser can read. It is left out.`,
  'no-label-in-name': ({ file }) => `${file}: its name does not begin with its class, as in “cat_1.png”. It is left out.`,
  'picture-too-large': ({ file, mostMegabytes }) => `${file} is larger than ${mostMegabytes} MB. It is left out.`,
  'file-too-large': ({ mostMegabytes }) => `This file is larger than ${mostMegabytes} MB. Choose a smaller one, or a part of it.`,
  'not-text': ({ file }) => `${file} is not a text file. A spreadsheet can be saved as CSV.`,
  'empty-file': ({ file }) => `${file} is empty.`,
  'no-features': ({ file }) => `${file} has one column only. It needs columns of numbers and one with the class, separated by commas, semicolons or tabs.`,
  'too-many-columns': ({ columns, most }) => `There are ${columns} columns. At most ${most} will do.`,
  'too-many-rows': ({ most }) => `There are more than ${most} rows. Choose a part of them.`,
  'too-few-rows': ({ rows, least }) => `There are ${rows} rows to learn from. At least ${least} are needed.`,
  'one-class': ({ className }) => `Everything is of the same class, “${className}”. To tell things apart takes two classes at least.`,
  'too-many-classes': ({ classes, most }) =>
    `There are ${classes} classes, and at most ${most} will do. If the last column is a number and not a class, name the column with the class “label”.`,
  'too-many-pictures': ({ pictures, most }) => `These are ${pictures} pictures. At most ${most} will do.`,
  'too-few-pictures': ({ least }) =>
    `At least two classes with ${least} pictures each are needed. Put them in a folder for each class, or begin their names with it: “cat_1.png”.`,
};
