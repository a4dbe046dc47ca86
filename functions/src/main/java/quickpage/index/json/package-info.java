/** The mappers that the stages share: JSON, and Smile, its binary form. */
package quickpage.index.json;
