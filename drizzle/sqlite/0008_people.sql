ALTER TABLE `people` ADD `quiet` text;
