-- Scanned pages among others, where nothing could recognise their text.

ALTER TABLE pages ADD COLUMN unread BOOLEAN DEFAULT false;
