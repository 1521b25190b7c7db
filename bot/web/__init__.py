"""The staff desk, the browser chat, webhooks and health."""
