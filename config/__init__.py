from config.celery import app as celery_app  # so that every @shared_task uses it

__all__ = ["celery_app"]
