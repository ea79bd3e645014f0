ALTER TABLE `workspaces` DROP COLUMN `installed_by`;
