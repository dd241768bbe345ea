/** The operator plane's REST API under {@code /admin/v1} and the health checks. */
@NullMarked
package dev.fogline.gateway.admin;

import org.jspecify.annotations.NullMarked;
