"""What a request passes before a route sees it, outermost first.

``headers``  what every answer carries: the content security policy and its kin
``logs``     one line a request, counts for the metrics; what fails below becomes a plain 500
``hosts``    requests for another name than the desk's own are refused (DNS rebinding)
``rates``    a client that asks too often must wait
``bodies``   bodies that are too large, too slow or packed are refused
``access``   who asks, whether they may, and whether the request comes from the desk's own pages
``heads``    what asks for no body is answered like what does, without it
"""
