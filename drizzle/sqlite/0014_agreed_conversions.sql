ALTER TABLE `criteria` ADD `rates` text;
