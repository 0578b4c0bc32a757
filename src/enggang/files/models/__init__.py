from enggang.files.models.stored_file import StoredFile
from enggang.files.models.upload import Upload

__all__ = ["StoredFile", "Upload"]
