"""From the bytes of a plainly written city file to what scores it, without places: see `city.py`.

Whatever is not plain, or not right, is nobody's fault here: it is left to `loading.models.load`
and the checks, which say what is wrong and where (decision 0010).
"""
