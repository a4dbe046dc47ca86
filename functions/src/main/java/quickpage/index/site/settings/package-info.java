/** What the owner of a site says of its index page: in files of the site, and by parameters. */
package quickpage.index.site.settings;
