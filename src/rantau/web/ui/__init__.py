"""Pages of the design system: tokens, components, drawings."""
