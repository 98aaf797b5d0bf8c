"""Mix recipes; they live in `nex_resources.mixes`, which training shares."""

from nex_resources.mixes import Mix, Part, Recipe, RecipeError, load_recipe, mix, shares

__all__ = ["Mix", "Part", "Recipe", "RecipeError", "load_recipe", "mix", "shares"]
