/**
 * Page names: layouts, sides, the type that a file name stands for, and links to pages. Pure
 * functions.
 */
package quickpage.index.site.pages;
