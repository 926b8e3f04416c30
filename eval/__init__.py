"""Quality on labelled data: loaders, scores with confidence intervals, floors that may not fall."""
