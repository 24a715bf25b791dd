"""Reports that are asked for by themselves: how often, over which days, and when."""
