"""The entry that `flet run` and `flet build` look for."""

import flet as ft

from client.main import main

if __name__ == "__main__":
    ft.run(main, assets_dir="client/assets")
