-- What the texts beside it read: a shop as ORMs make it, and the tables of a warehouse.
CREATE TYPE order_state AS ENUM ('open', 'paid', 'sent', 'back');
CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%');
CREATE SCHEMA app;
CREATE TYPE app.priority AS ENUM ('low', 'high');
CREATE TABLE users (
  id bigint PRIMARY KEY, email email_address, name varchar(80), age int, is_active boolean, born date,
  created_at timestamptz, updated_at timestamp, settings jsonb, tags text[], uid uuid, ip inet, balance numeric(12, 2));
CREATE TABLE posts (
  id bigint PRIMARY KEY, user_id bigint REFERENCES users, title text, body text, state order_state, level app.priority,
  published_at timestamptz, views int, score float8, document tsvector, flags bit(8), lifetime interval);
CREATE TABLE comments (id int PRIMARY KEY, post_id bigint, parent_id int, author text, body text, created_at timestamptz);
CREATE TABLE "Item" (id uuid PRIMARY KEY, "ownerId" int, "createdAt" timestamp, price numeric, data json, sold time);
CREATE TABLE nodes (id int PRIMARY KEY, parent_id int, name text, depth int);
CREATE MATERIALIZED VIEW post_counts AS SELECT user_id, count(*) AS posts FROM posts GROUP BY user_id;
CREATE VIEW active_users AS SELECT * FROM users WHERE is_active;
CREATE TABLE lineitem (
  l_orderkey int, l_partkey int, l_suppkey int, l_linenumber int, l_quantity numeric(15, 2),
  l_extendedprice numeric(15, 2), l_discount numeric(15, 2), l_tax numeric(15, 2), l_returnflag char(1),
  l_linestatus char(1), l_shipdate date, l_commitdate date, l_receiptdate date, l_shipmode char(10));
CREATE TABLE orders (
  o_orderkey int, o_custkey int, o_orderstatus char(1), o_totalprice numeric(15, 2), o_orderdate date,
  o_orderpriority char(15), o_comment varchar(79));
CREATE TABLE customer (
  c_custkey int, c_name varchar(25), c_nationkey int, c_phone char(15), c_acctbal numeric(15, 2), c_mktsegment char(10));
CREATE TABLE nation (n_nationkey int, n_name char(25), n_regionkey int);
CREATE TABLE part (p_partkey int, p_name varchar(55), p_brand char(10), p_type varchar(25), p_size int, p_container char(10));
CREATE TABLE partsupp (ps_partkey int, ps_suppkey int, ps_availqty int, ps_supplycost numeric(15, 2));
CREATE TABLE supplier (s_suppkey int, s_name char(25), s_nationkey int, s_acctbal numeric(15, 2), s_comment varchar(101));
CREATE TABLE store_sales (
  ss_sold_date_sk int, ss_item_sk int, ss_customer_sk int, ss_store_sk int, ss_quantity int, ss_sales_price numeric(7, 2),
  ss_ext_sales_price numeric(7, 2), ss_net_profit numeric(7, 2));
CREATE TABLE date_dim (d_date_sk int, d_date date, d_year int, d_moy int, d_dow int, d_month_seq int, d_day_name char(9));
CREATE TABLE item (i_item_sk int, i_item_id char(16), i_brand_id int, i_brand char(50), i_category char(50), i_class char(50), i_current_price numeric(7, 2), i_manufact_id int);
CREATE TABLE store (s_store_sk int, s_store_name varchar(50), s_state char(2), s_gmt_offset numeric(5, 2));
