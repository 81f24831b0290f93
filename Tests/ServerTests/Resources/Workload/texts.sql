## Rails
SELECT "users".* FROM "users" WHERE "users"."id" = $1 LIMIT $2;
SELECT $1 AS one FROM "users" WHERE "users"."email" = $2 LIMIT $3;
SELECT COUNT(*) AS "count_all", DATE_TRUNC($1, "users"."created_at"::timestamptz AT TIME ZONE $2)::date AS "day" FROM "users" GROUP BY DATE_TRUNC($3, "users"."created_at"::timestamptz AT TIME ZONE $4)::date;
INSERT INTO "comments" ("id", "post_id", "author", "created_at") VALUES ($1, $2, $3, $4) RETURNING "id";
UPDATE "posts" SET "views" = COALESCE("views", $1) + $2 WHERE "posts"."id" = $3;
SELECT "posts".* FROM "posts" WHERE "posts"."user_id" IN ($1, $2, $3) AND "posts"."published_at" BETWEEN $4 AND $5 ORDER BY "posts"."id" ASC LIMIT $6 OFFSET $7;
SELECT "users".* FROM "users" WHERE (settings @> $1) AND (tags && ARRAY[$2, $3]::text[]);
SELECT "posts".* FROM "posts" WHERE (published_at IS NOT NULL AND $1 = $2);
SELECT EXTRACT($1 FROM published_at) AS y, COUNT(*) FROM posts GROUP BY EXTRACT(year FROM published_at) ORDER BY y;
SELECT DISTINCT ON (date_trunc('month', published_at)) date_trunc($1, published_at) AS m, id FROM posts ORDER BY date_trunc($2, published_at), id;
SELECT posts.*, CASE WHEN posts.state = $1 THEN $2 WHEN posts.state = $3 THEN $4 ELSE $5 END AS weight FROM posts ORDER BY weight;
SELECT SUM(CASE WHEN is_active THEN $1 ELSE $2 END) AS active FROM users;
DELETE FROM "comments" WHERE "comments"."created_at" < current_timestamp - interval $1;
SELECT users.* FROM users WHERE created_at > now() - interval $1 day AND born < date $2;
SELECT pg_try_advisory_xact_lock($1, hashtext($2));

## Django
SELECT ($1) AS "a" FROM "users" WHERE "users"."email" = $2 LIMIT $3;
SELECT "users"."id", COUNT("posts"."id") FILTER (WHERE "posts"."views" > $1) AS "n" FROM "users" LEFT OUTER JOIN "posts" ON ("users"."id" = "posts"."user_id") GROUP BY "users"."id" HAVING COUNT("posts"."id") > $2;
SELECT "users"."id" FROM "users" WHERE UPPER("users"."name"::text) LIKE UPPER($1);
SELECT "posts"."id" FROM "posts" WHERE "posts"."published_at" >= $1 AND EXTRACT($2 FROM "posts"."published_at" AT TIME ZONE $3) = $4;
SELECT EXISTS(SELECT $1 AS "a" FROM "posts" WHERE "posts"."user_id" = $2 LIMIT $3);
UPDATE "posts" SET "views" = ("posts"."views" + $1), "score" = CASE WHEN "posts"."id" = $2 THEN $3 WHEN "posts"."id" = $4 THEN $5 ELSE NULL END WHERE "posts"."id" IN ($6, $7);
SELECT (("users"."settings" -> $1) -> $2) AS x, "users"."settings" #>> $3 FROM "users" WHERE ("users"."settings" -> $4) = $5::jsonb AND "users"."settings" ? $6;
INSERT INTO "nodes" ("id", "parent_id", "name") SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT $4 FROM "nodes" WHERE "nodes"."name" = $5);
SELECT COALESCE(SUM("posts"."views"), $1) AS total, CONCAT("posts"."title", $2, "posts"."body") FROM "posts" GROUP BY 2;
SELECT "users"."id" FROM "users" WHERE "users"."created_at"::date = $1 AND "users"."id" = ANY ($2) FOR UPDATE SKIP LOCKED;
INSERT INTO "users" ("id", "email", "age") VALUES ($1, $2, $3), ($4, $5, $6) ON CONFLICT ("id") DO UPDATE SET "age" = EXCLUDED."age" + $7;
(SELECT "posts"."id" AS c FROM "posts" WHERE "posts"."views" > $1) UNION (SELECT "comments"."id" FROM "comments" WHERE "comments"."author" = $2) ORDER BY 1 LIMIT $3;
SELECT ts_rank("posts"."document", plainto_tsquery($1::regconfig, $2)) AS r FROM "posts" WHERE "posts"."document" @@ plainto_tsquery($3::regconfig, $4) ORDER BY r DESC;
SELECT "posts"."id", ROW_NUMBER() OVER (PARTITION BY "posts"."user_id" ORDER BY "posts"."views" DESC) AS rn, LAG("posts"."views", $1, $2) OVER (ORDER BY id) FROM "posts";

## Hibernate
select u1_0.id, u1_0.name from users u1_0 where u1_0.name like $1 escape $2 and u1_0.is_active = $3 fetch first $4 rows only;
select p1_0.id from posts p1_0 where ($1 is null or p1_0.user_id = $1) and ($2 is null or p1_0.title = $2) order by p1_0.id offset $3 rows fetch next $4 rows only;
select count(u1_0.id), sum(u1_0.age * $1) / nullif(count(u1_0.age), $2) from users u1_0 where u1_0.created_at between $3 and $4;
select p1_0.id from posts p1_0 where p1_0.published_at > timestamp with time zone $1 and p1_0.lifetime < interval $2 and p1_0.score > double precision $3;
select u1_0.id from users u1_0 where (u1_0.id, u1_0.age) in (($1, $2), ($3, $4));
select extract($1 from p1_0.published_at), extract($2 from p1_0.published_at), count(*) from posts p1_0 group by extract(year from p1_0.published_at), extract(month from p1_0.published_at);
update posts set views = $1, title = $2 where id = $3 and ($4 is null or published_at = $4);
select case when u1_0.age > $1 then $2 else $3 end from users u1_0 group by case when u1_0.age > $4 then $5 else $6 end;
select coalesce($1, u1_0.name), nullif($2, $3), greatest($4, u1_0.age), $5 || u1_0.name from users u1_0;

## SQLAlchemy
SELECT users.id AS users_id FROM users WHERE users.id IN ($1, $2) AND users.uid = uuid $3;
WITH RECURSIVE tree(id, parent_id, level) AS (SELECT nodes.id, nodes.parent_id, $1 AS level FROM nodes WHERE nodes.parent_id IS NULL UNION ALL SELECT nodes.id, nodes.parent_id, tree.level + $2 FROM nodes JOIN tree ON nodes.parent_id = tree.id WHERE tree.level < $3) SELECT * FROM tree;
WITH RECURSIVE n(i) AS (VALUES ($1) UNION ALL SELECT i + $2 FROM n WHERE i < $3) SELECT * FROM n;
SELECT anon_1.day, count(posts.id) FROM (SELECT generate_series($1, $2, $3::interval) AS day) AS anon_1 LEFT JOIN posts ON posts.published_at >= anon_1.day GROUP BY anon_1.day;
SELECT * FROM generate_series($1, $2) AS g(n) LEFT JOIN nodes ON nodes.depth = g.n;
INSERT INTO nodes (id, name) SELECT p0::INTEGER, p1::VARCHAR FROM (VALUES ($1, $2, $3), ($4, $5, $6)) AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING nodes.id;
UPDATE users SET name = v.name FROM (VALUES ($1, $2), ($3, $4)) AS v(id, name) WHERE users.id = v.id;
SELECT posts.id FROM posts JOIN unnest($1) AS ids(id) ON posts.id = ids.id;
SELECT json_build_object($1, users.id, $2, users.name, $3, $4) FROM users WHERE users.id = $5;
SELECT posts.id FROM posts WHERE posts.flags = bit $1 AND posts.state = order_state $2 AND posts.level = app.priority $3;
SELECT percentile_cont($1) WITHIN GROUP (ORDER BY posts.score), string_agg(posts.title, $2 ORDER BY posts.id) FROM posts;
SELECT users.id, date_trunc($1, users.updated_at) AS w FROM users GROUP BY users.id, date_trunc($2, users.updated_at) HAVING count(*) > $3;
SELECT round(avg(posts.score)::numeric, $1), $2 * avg(posts.views), width_bucket(posts.score, $3, $4, $5) FROM posts GROUP BY 3, posts.score;
MERGE INTO nodes USING (VALUES ($1, $2)) AS s(id, name) ON nodes.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name);
SELECT users.id FROM users TABLESAMPLE system ($1) WHERE users.ip << inet $2;
SELECT lower(users.name) || $1 || users.age, overlay(users.name placing $2 from $3 for $4), position($5 in users.name), trim(both $6 from users.name), substring(users.name from $7 for $8) FROM users;

## Prisma
SELECT "public"."Item"."id", "public"."Item"."ownerId" FROM "public"."Item" WHERE ("public"."Item"."ownerId" = $1 AND "public"."Item"."createdAt" >= $2) ORDER BY "public"."Item"."createdAt" DESC LIMIT $3 OFFSET $4;
SELECT COUNT(*) FROM (SELECT "public"."Item"."id" FROM "public"."Item" WHERE $1=$2 OFFSET $3) AS "sub";
SELECT "t0"."id", COALESCE(SUM("t0"."price"), $1) AS "_sum" FROM "public"."Item" AS "t0" WHERE ("t0"."id" IN ($2,$3) AND $4=$5) GROUP BY "t0"."id";
INSERT INTO "public"."Item" ("id","ownerId","createdAt","price") VALUES ($1,$2,$3,$4), ($5,$6,$7,$8) RETURNING "public"."Item"."id";
UPDATE "public"."Item" SET "price" = ("public"."Item"."price" + $1) WHERE ("public"."Item"."id" = $2 AND $3=$4) RETURNING "id";
SELECT "t1"."id", "aggr"."_count" FROM "public"."users" AS "t1" LEFT JOIN (SELECT "user_id", COUNT(*) AS "_count" FROM "public"."posts" WHERE $1=$2 GROUP BY "user_id") AS "aggr" ON ("t1"."id" = "aggr"."user_id") WHERE $3=$4 ORDER BY COALESCE("aggr"."_count", $5) DESC;
SELECT COALESCE(JSONB_AGG("__prisma_data__"), $1) AS "__prisma_data__" FROM (SELECT "t2"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT($2, "t1"."id", $3, "t1"."title") AS "__prisma_data__", "t1"."id" FROM "posts" AS "t1" WHERE "t1"."user_id" = $4) AS "t2" LIMIT $5) AS "t3";

## PostgREST
WITH pgrst_source AS ( SELECT "public"."users".* FROM "public"."users" WHERE "public"."users"."id" = $1 LIMIT $2 OFFSET $3) SELECT $4::bigint AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t), $5) AS body, nullif(current_setting($6, $7), $8) AS response_headers FROM ( SELECT * FROM pgrst_source ) _postgrest_t;
WITH pgrst_source AS (WITH pgrst_payload AS (SELECT $1 AS json_data), pgrst_body AS (SELECT CASE WHEN json_typeof(json_data) = $2 THEN json_data ELSE json_build_array(json_data) END AS val FROM pgrst_payload) INSERT INTO "public"."comments"("id", "author") SELECT "id", "author" FROM json_populate_recordset(null::"public"."comments", (SELECT val FROM pgrst_body)) _ RETURNING "public"."comments".*) SELECT $3 AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total FROM (SELECT * FROM pgrst_source) _postgrest_t;
WITH pgrst_source AS (WITH pgrst_payload AS (SELECT $1 AS json_data), pgrst_body AS (SELECT CASE WHEN json_typeof(json_data) = $2 THEN json_data ELSE json_build_array(json_data) END AS val FROM pgrst_payload) UPDATE "public"."nodes" SET "name" = pgrst_update_body."name" FROM (SELECT * FROM json_populate_recordset(null::"public"."nodes", (SELECT val FROM pgrst_body)) LIMIT $3) pgrst_update_body WHERE "public"."nodes"."id" = $4 RETURNING $5) SELECT $6 AS total_result_set FROM (SELECT * FROM pgrst_source) _postgrest_t;
WITH pgrst_source AS (WITH pgrst_payload AS (SELECT $1::json AS json_data), pgrst_args AS (SELECT * FROM json_to_recordset((SELECT json_data FROM pgrst_payload)) AS _("a" integer, "b" text)) SELECT a, b FROM pgrst_args) SELECT count(*) FROM pgrst_source;
SELECT set_config($1, $2, $3), set_config($4, $5, $6);

## TPC-H
select l_returnflag, l_linestatus, sum(l_quantity) as sum_qty, sum(l_extendedprice * ($1 - l_discount)) as disc, sum(l_extendedprice * ($2 - l_discount) * ($3 + l_tax)) as charge, count(*) from lineitem where l_shipdate <= date $4 - interval $5 day group by l_returnflag, l_linestatus order by l_returnflag, l_linestatus;
select o_orderpriority, count(*) as order_count from orders where o_orderdate >= date $1 and o_orderdate < date $2 + interval $3 month and exists (select * from lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate) group by o_orderpriority;
select sum(l_extendedprice * l_discount) as revenue from lineitem where l_shipdate >= date $1 and l_shipdate < date $2 + interval $3 year and l_discount between $4 - $5 and $6 + $7 and l_quantity < $8;
select supp_nation, l_year, sum(volume) from (select n1.n_name as supp_nation, extract($1 from l_shipdate) as l_year, l_extendedprice * ($2 - l_discount) as volume from supplier, lineitem, nation n1 where s_suppkey = l_suppkey and s_nationkey = n1.n_nationkey and l_shipdate between date $3 and date $4) as shipping group by supp_nation, l_year;
select o_year, sum(case when nation = $1 then volume else $2 end) / sum(volume) as mkt_share from (select extract($3 from o_orderdate) as o_year, l_extendedprice * ($4 - l_discount) as volume, n_name as nation from orders, lineitem, nation where l_orderkey = o_orderkey) as all_nations group by o_year;
select l_shipmode, sum(case when o_orderpriority = $1 or o_orderpriority = $2 then $3 else $4 end) as high, sum(case when o_orderpriority <> $5 and o_orderpriority <> $6 then $7 else $8 end) as low from orders, lineitem where o_orderkey = l_orderkey and l_shipmode in ($9, $10) group by l_shipmode;
select $1 * sum(case when p_type like $2 then l_extendedprice * ($3 - l_discount) else $4 end) / sum(l_extendedprice * ($5 - l_discount)) as promo from lineitem, part where l_partkey = p_partkey and l_shipdate >= date $6 and l_shipdate < date $7 + interval $8 month;
select sum(l_extendedprice) / $1 as avg_yearly from lineitem, part where p_partkey = l_partkey and p_brand = $2 and l_quantity < (select $3 * avg(l_quantity) from lineitem where l_partkey = p_partkey);
select s_name from supplier where s_suppkey in (select ps_suppkey from partsupp where ps_partkey in (select p_partkey from part where p_name like $1) and ps_availqty > (select $2 * sum(l_quantity) from lineitem where l_partkey = ps_partkey and l_shipdate >= date $3 and l_shipdate < date $4 + interval $5 year));
select cntrycode, count(*), sum(c_acctbal) from (select substring(c_phone from $1 for $2) as cntrycode, c_acctbal from customer where substring(c_phone from $3 for $4) in ($5, $6, $7) and c_acctbal > (select avg(c_acctbal) from customer where c_acctbal > $8)) as custsale group by cntrycode;
with revenue(supplier_no, total_revenue) as (select l_suppkey, sum(l_extendedprice * ($1 - l_discount)) from lineitem where l_shipdate >= date $2 and l_shipdate < date $3 + interval $4 month group by l_suppkey) select s_suppkey, total_revenue from supplier, revenue where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from revenue);
select ps_partkey, sum(ps_supplycost * ps_availqty) as value from partsupp, supplier where ps_suppkey = s_suppkey group by ps_partkey having sum(ps_supplycost * ps_availqty) > (select sum(ps_supplycost * ps_availqty) * $1 from partsupp) order by value desc limit $2;

## TPC-DS
select i_item_id, sum(ss_ext_sales_price) * $1 / sum(sum(ss_ext_sales_price)) over (partition by i_class) as ratio from store_sales, item, date_dim where ss_item_sk = i_item_sk and i_category in ($2, $3, $4) and ss_sold_date_sk = d_date_sk and d_date between cast($5 as date) and (cast($6 as date) + $7 * interval '1 day') group by i_item_id, i_class;
select s_store_name, sum(case when (d_day_name = $1) then ss_sales_price else $2 end) sun_sales, sum(case when (d_day_name = $3) then ss_sales_price else $4 end) mon_sales from date_dim, store_sales, store where d_date_sk = ss_sold_date_sk and s_store_sk = ss_store_sk and s_gmt_offset = $5 group by s_store_name limit $6;
select case when (select count(*) from store_sales where ss_quantity between $1 and $2) > $3 then (select avg(ss_ext_sales_price) from store_sales where ss_quantity between $4 and $5) else (select avg(ss_net_profit) from store_sales) end bucket1 from store;
with y as (select d_year, i_brand_id, sum(ss_quantity) q, $1 channel from store_sales join item on i_item_sk = ss_item_sk join date_dim on d_date_sk = ss_sold_date_sk group by d_year, i_brand_id union all select d_year, i_brand_id, sum(ss_quantity) q, $2 channel from store_sales join item on i_item_sk = ss_item_sk join date_dim on d_date_sk = ss_sold_date_sk group by d_year, i_brand_id) select channel, sum(q) from y where d_year = $3 group by rollup (channel);
select avg(ss_quantity), sum(case when d_moy < $1 then $2 when d_moy > $3 then $4 else $5 end) / count(*) * $6 from store_sales, date_dim where ss_sold_date_sk = d_date_sk and ((ss_sales_price between $7 and $8 and ss_quantity = $9) or (ss_sales_price between $10 and $11));
select * from (select i_manufact_id, sum(ss_sales_price) sum_sales, avg(sum(ss_sales_price)) over (partition by i_manufact_id) avg_q from item, store_sales where ss_item_sk = i_item_sk group by i_manufact_id) t where case when avg_q > $1 then abs(sum_sales - avg_q) / avg_q else null end > $2 order by avg_q limit $3;
with w as (select ss_item_sk, (d_dow + $1) / $2 as bucket, cast($3 as integer) - $4 as x from store_sales, date_dim where d_date_sk = ss_sold_date_sk) select bucket, count(*) from w where x > $5 group by bucket;
select d_year, grouping(i_category) + grouping(i_class) as lochierarchy, rank() over (partition by grouping(i_category) + grouping(i_class), case when grouping(i_class) = $1 then i_category end order by sum(ss_net_profit) desc) from store_sales, date_dim, item where d_date_sk = ss_sold_date_sk and i_item_sk = ss_item_sk and d_month_seq between $2 and $3 + $4 group by d_year, rollup (i_category, i_class);
select $1 + $2, $3 - $4, - $5, $6 / $7 from store where s_state = $8;

## Reports and tools
SELECT width_bucket(age, $1, $2, $3), count(*) FROM users GROUP BY width_bucket(age, $4, $5, $6);
SELECT age + $1, max(balance) FROM users GROUP BY age + 5 ORDER BY age + $2;
SELECT DISTINCT lower(name) || $1 FROM users ORDER BY lower(name) || 'x';
SELECT to_char(created_at, $1) AS month, count(*) FROM users GROUP BY to_char(created_at, $2) ORDER BY to_char(created_at, $3);
SELECT count(*) FROM users GROUP BY GROUPING SETS ((date_trunc('day', created_at)), ()) HAVING max(date_trunc($1, created_at)) > $2;
SELECT * FROM users WHERE cardinality($1) = $2 OR age = ANY ($1);
SELECT * FROM posts WHERE state = ANY ($1) AND ($2 = $3 OR views > $4) AND published_at > $5 - interval '1 day';
SELECT $1 UNION SELECT $2 UNION SELECT id FROM nodes;
SELECT to_jsonb($1), jsonb_set(settings, $2, $3), jsonb_array_elements($4) FROM users;
SELECT array[$1, $2] && array[age], array_position($3, age), array_length($4, $5), array_append(tags, $6) FROM users;
SELECT * FROM users WHERE is_active IS DISTINCT FROM $1 AND NOT ($2 AND age > $3) AND ip = $4::inet;
SELECT avg($1), max($2), sum($3 * $4), abs($5), round($6, $7), ceil($8) FROM users;
SELECT * FROM users WHERE created_at AT TIME ZONE $1 > timestamp $2 AND updated_at < timestamp(3) without time zone $3 AND balance = numeric(12,2) $4;
SELECT * FROM users WHERE born = current_date - $1 OR created_at > now() - ($2 || ' days')::interval OR created_at > now() - make_interval(days => $3);
SELECT * FROM users WHERE age IN ($1 /*, ... */) AND name = $2;
SELECT * FROM posts WHERE id = ANY (ARRAY[$1 /*, ... */]) AND user_id IN ($2 /*, ... */);
DECLARE c CURSOR FOR SELECT * FROM posts WHERE user_id = $1;
CREATE TABLE copied AS SELECT * FROM posts WHERE views > $1 WITH NO DATA;
CREATE MATERIALIZED VIEW IF NOT EXISTS mv AS SELECT * FROM posts WHERE views > $1;
COPY (SELECT * FROM posts WHERE views > $1 AND published_at > timestamptz $2) TO STDOUT WITH (FORMAT csv);
SELECT id, title INTO TEMP kept FROM posts WHERE views > $1;
PREPARE p (bigint, text) AS SELECT * FROM posts WHERE user_id = $1 AND ($2 IS NULL OR title = $2);
REFRESH MATERIALIZED VIEW CONCURRENTLY post_counts;
SELECT * FROM users WHERE id = ? AND settings ? 'x' AND name LIKE ? AND age >=?;
SELECT * FROM users WHERE id = %s AND name LIKE %s AND age IN (%s, %s);
SELECT * FROM users WHERE id = %(id)s OR (age = %(age)s AND balance > %(age)s);
INSERT INTO users (id, age) SELECT $1, CASE WHEN $2 > $3 THEN $4 ELSE $5 END ON CONFLICT DO NOTHING;
INSERT INTO nodes (id, depth) SELECT DISTINCT $1, $2 FROM nodes;
SELECT * FROM active_users WHERE $1 IS NULL OR created_at >= $1 AND ($2 IS NULL OR is_active = $2) AND ($3 IS NULL OR uid = $3) AND ($4 IS NULL OR balance > $4);
