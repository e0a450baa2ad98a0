-- What a job comes from: the request, and the trace that its steps go on with, as a traceparent (W3C Trace Context).
ALTER TABLE job ADD COLUMN request_id text;
ALTER TABLE job ADD COLUMN traceparent text;
