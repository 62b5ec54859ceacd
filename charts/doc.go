// Package charts turns frames into pictures. It knows no widgets, no files
// and no SQL: the window, the command line and exports all draw through it,
// so that the screen, the file and the slide show the same thing.
//
// A picture is made in these steps, and each gives a value that can be
// printed, saved and tested alone:
//
//  1. A recipe (Dots, Differences, Lines and the others in Recipes) turns a
//     frame and Options into a Spec: panels with axes, layers of marks, texts
//     and the source of every mark. A Spec is plain data, with roles in the
//     place of colors and data values in the place of pixels.
//  2. Draw lays a Spec out for a Style: texts are wrapped and measured, the
//     panels get their places, scales map data to pixels.
//  3. Each layer is drawn by the mark it names (see Marks) with a pen from
//     charts/internal/pen, on an image, an SVG or a PDF.
//  4. The Drawing carries the image, the place of every mark with its exact
//     numbers and keys (Hits), the way back from pixels to data (Panels) and
//     what the reader must be told (Notes).
//
// To add a chart, write one file with a function from frame to Spec, add a
// line to Recipes and an example whose output becomes the golden picture.
// To add a mark, write one file with its drawing and add a line to Marks.
package charts
