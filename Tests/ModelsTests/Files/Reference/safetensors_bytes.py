"""Prints the bytes that SafetensorsFileTests reads, as the reference implementation writes them.

Made with safetensors 0.8.0 and numpy 2.4.6.
"""

import numpy as np
from safetensors.numpy import save

tensors = {"b": np.array([[1.0, -2.5], [np.pi, 0.0]]), "a": np.array([7.0]), "e": np.zeros((0, 3))}
print(save(tensors, metadata={"by": "numpy"}).hex())
