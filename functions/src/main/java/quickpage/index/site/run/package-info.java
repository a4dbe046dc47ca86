/** What the stages of one run leave for each other in the site: plan, context, shards. */
package quickpage.index.site.run;
